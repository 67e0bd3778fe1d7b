"""What stands in the lines of manifests of other languages, and in which index that is a name."""

from __future__ import annotations

LINES: tuple[tuple[str, str, str], ...] = (
    # What the file is called, what stands in the line, and what that is called.
    (r"pubspec\.yaml", r"^  (?P<name>[a-z]\w*):", "pub"),
    (r".*\.gradle(\.kts)?", r"""['"](?P<name>[\w.-]+:[\w.-]+)(?::[^'"]*)?['"]""", "gradle"),
    (r"libs\.versions\.toml", r"""module\s*=\s*"(?P<name>[\w.-]+:[\w.-]+)\"""", "gradle"),
    (
        r".*\.gradle(\.kts)?|libs\.versions\.toml",
        r"""\bgroup\s*[:=]\s*['"](?P<name>[\w.-]+)['"],\s*name\s*[:=]\s*['"](?P<part>[\w.-]+)""",
        "gradle",
    ),
    (r"pom\.xml", r"<artifactId>\s*(?P<name>[\w.-]+)\s*<", "maven"),
    (r"Podfile", r"""^\s*pod\s+['"](?P<name>[\w./+-]+)['"]""", "pod"),
    (r".*\.podspec", r"""\.dependency\s*\(?\s*['"](?P<name>[\w./+-]+)['"]""", "pod"),
    (
        r"Package\.swift",
        r"""\.package\([^)]*url:\s*"[^"]*?/(?P<name>[\w.-]+?)(?:\.git)?\"""",
        "swift",
    ),
    (
        r"Package\.swift",
        r"""\b(?:product\(\s*name|linkedFramework\(\s*_?|package):?\s*"(?P<name>[\w.-]+)\"""",
        "swift",
    ),
    (r"Cartfile", r"""^\s*git\w*\s+"[^"]*/(?P<name>[\w.-]+?)(?:\.git)?\"""", "swift"),
    (
        r"project\.pbxproj|Package\.resolved",
        r"""(?:repositoryURL|location)"?\s*[=:]\s*"[^"]*/(?P<name>[\w.-]+?)(?:\.git)?\"""",
        "swift",
    ),
    (r"project\.pbxproj", r"/\* (?P<name>[A-Z]\w+)\.framework in ", "swift"),
    (
        r"Cargo\.toml",
        r"^(?:\[.*dependencies\.)?(?P<name>[a-z][\w-]*)(?:\]|\s*(?:=|\.version|\.workspace))",
        "cargo",
    ),
    (
        r"CMakeLists\.txt|.*\.cmake",
        r"(?i)(?:find_package|FetchContent_Declare)\s*\(\s*(?P<name>\w+)",
        "cmake",
    ),
    (
        r"CMakeLists\.txt|.*\.cmake",
        r"(?i)\b(?:pkg_\w+_modules?|find_library)\s*\(\s*\w+\s+(?:[A-Z_]+\s+)*(?P<name>[\w.+-]+)",
        "lib",
    ),
    (
        r"CMakeLists\.txt|.*\.cmake",
        (
            r"""\b(?:GIT\w*_REPOSITORY|(?:CPMAddPackage|add_subdirectory)\()\s*"?[^\s")]*/"""
            r"""(?P<name>[\w.+-]+?)(?:\.git|[#@][^\s"]*)?(?=["\s)]|$)"""
        ),
        "git",
    ),
    (r"\.gitmodules", r"^\s*url\s*=\s*\S*?[/:](?P<name>[\w.+-]+?)(?:\.git)?/?\s*$", "git"),
    (
        r"(?:MODULE\.bazel|WORKSPACE)(?:\.bazel)?",
        r"""^\s*(?:bazel_dep\()?\s*name\s*=\s*"(?P<name>[\w.+-]+)\"""",
        "git",
    ),
    (r"vcpkg\.json", r"""^\s*(?:"name"\s*:\s*)?"(?P<name>[a-z][\w-]*)"\s*,?\s*$""", "lib"),
    (r"conanfile\.py", r"""\brequires\(\s*["'](?P<name>[a-z][\w.-]*)/""", "lib"),
    (r"meson\.build", r"\bdependency\(\s*'(?P<name>[\w.-]+)'", "cmake"),
    (r"conanfile\.txt", r"^(?P<name>[a-z][\w-]*)/[\d.]", "cmake"),
    (
        r".*\.(cs|fs|vb)proj|packages\.config|Directory\.Packages\.props",
        r"""<(?:Package(?:Reference|Version)\s[^>]*Include|package\s+id)="(?P<name>[\w.]+)\"""",
        "nuget",
    ),
    (r"Project\.toml", r"""^(?P<name>[A-Z]\w*)\s*=\s*"[0-9a-f]{8}-[0-9a-f-]{27}\"""", "julia"),
    (
        r"Gemfile|.*\.gemspec",
        r"""^\s*(?:gem|\w+\.add_\w*dependency)\s*\(?['"](?P<name>[\w-]+)""",
        "gem",
    ),
    (r"mix\.exs", r"\{:(?P<name>\w+),", "hex"),
    (r"go\.mod", r"^\s*(?:require\s+)?(?P<name>[\w.-]+\.\w+/[\w./-]+)\s+v", "go"),
    (
        r"platformio\.ini|library\.properties",
        r"(?i)^\s*(?:\w+\s*=)?\s*(?P<name>[\w ./@-]*(?:tensorflow|tflite|edge.?impulse)[\w ./-]*)",
        "arduino",
    ),
    (
        r"DESCRIPTION",
        r"(?:^(?:Imports|Depends):\s*|^\s+|,\s*)(?P<name>[A-Za-z][\w.]*)\s*(?=\([^)]*\)\s*(?:,|$)|,|$)",
        "cran",
    ),
    (
        r"manifest\.json|packages-lock\.json",
        r"\"(?P<name>(?:com|ai|org|jp)\.[\w.-]+)\"\s*:",
        "unity",
    ),
    (r".*\.asmdef", r"\"(?P<name>[A-Z]\w*(?:\.\w+)+)\"", "nuget"),
    (r".*\.Build\.cs", r"\"(?P<name>[A-Z]\w+)\"", "unreal"),
    (r".*\.(?:uproject|uplugin)", r"\"Name\"\s*:\s*\"(?P<name>\w+)\"", "unreal"),
    (
        r".*\.sbt|Dependencies\.scala|build\.sc",
        r"\"(?P<name>[\w.-]+)\"\s*%%?%?\s*\"(?P<part>[\w.-]+)\"",
        "gradle",
    ),
    (r"project\.clj", r"\[(?:[\w.-]+/)?(?P<name>[a-z][\w.-]*)\s+\"\d", "maven"),
    (
        r"deps\.edn|bb\.edn",
        r"(?:[\w.-]+/)(?P<name>[a-z][\w.-]*)\s*\{:(?:mvn|git|sha|local)",
        "maven",
    ),
    (r"composer\.json", r"\"(?P<name>[a-z][\w.-]*/[\w.-]+)\"\s*:\s*\"", "composer"),
    (
        r".*\.cabal|package\.yaml",
        r"(?:^|,|-|:)\s*(?P<name>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)\s*(?=[<>=^,]|$)",
        "hackage",
    ),
    (
        r"dune|.*\.opam|dune-project",
        r"(?P<name>\b(?:ocaml-)?(?:torch|tensorflow|owl|onnxruntime|ocannl)\b)",
        "opam",
    ),
    (r"shard\.yml", r"^  (?P<name>[a-z][\w-]*):", "shard"),
    (r".*\.nimble", r"(?:requires[\s(]+|,\s*)\"(?:[^\"]*/)?(?P<name>[a-z]\w*)", "nimble"),
    (r".*\.rockspec", r"\"(?P<name>[a-z][\w-]*)\s*[<>=~\"]", "lua"),
    (
        r"prj[\w.-]*\.conf|sdkconfig(?:\.defaults)?",
        r"^CONFIG_(?P<name>(?:TENSORFLOW_LITE_MICRO|EDGE_IMPULSE|CMSIS_NN|ESP_NN|NN_)\w*)=y",
        "arduino",
    ),
    (
        r"idf_component\.yml|library\.json",
        r"^\s+\"?(?P<name>[\w./-]*(?:tflite|tflm|tensorflow|esp-nn|esp-dl|esp-sr|edge-?impulse)[\w./-]*)\"?\s*:",
        "arduino",
    ),
)

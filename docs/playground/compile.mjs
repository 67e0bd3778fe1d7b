// Compile the engine with the Python that will run it, so that a start need not: node compile.mjs PYODIDE IN OUT
import {readFileSync, writeFileSync} from "node:fs";
import {pathToFileURL} from "node:url";

const [pyodide, from, to] = process.argv.slice(2);
const {loadPyodide} = await import(pathToFileURL(`${pyodide}/pyodide.mjs`).href);
const python = await loadPyodide({indexURL: pyodide});
python.unpackArchive(new Uint8Array(readFileSync(from)), "zip", {extractDir: "/app"});
python.runPython(`
import py_compile, zipfile
from pathlib import Path

with zipfile.ZipFile("/compiled.zip", "w") as archive:
    for path in sorted(each for each in Path("/app").rglob("*") if each.is_file()):
        name = path.relative_to("/app").as_posix()
        # Formats are found by the names of their source files.
        if path.suffix == ".py" and "formats" not in path.parts:
            name += "c"
            py_compile.compile(
                str(path), "/module.pyc", name[:-1], doraise=True, optimize=2,
                invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
            )
            path = Path("/module.pyc")
        archive.writestr(zipfile.ZipInfo(name), path.read_bytes(), zipfile.ZIP_DEFLATED)
`);
writeFileSync(to, python.FS.readFile("/compiled.zip"));

// Inside a page of the playground: what it does otherwise than under `recommender web`.
"use strict";

// The address to keep or send is that of the shell.
document.getElementById("copy")?.addEventListener("click", async (event) => {
  event.stopImmediatePropagation();
  await navigator.clipboard.writeText(parent.location.href);
  const status = document.getElementById("status");
  status.classList.remove("quiet");
  status.textContent = event.target.dataset.done;
});

// A download does not pass the service worker in every browser: take it from here.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[download]");
  if (!link || link.href.startsWith("blob:")) return;
  event.preventDefault();
  const found = await fetch(link.href);
  const made = document.createElement("a");
  made.href = URL.createObjectURL(await found.blob());
  made.download = decodeURIComponent(new URL(link.href).pathname.split("/").pop());
  made.click();
  URL.revokeObjectURL(made.href);
});

for (const name of ["pushState", "replaceState"]) {
  const change = history[name].bind(history);
  history[name] = (...said) => {
    change(...said);
    parent.postMessage({moved: location.href}, location.origin);
  };
}

// The shell: starts the engine in a worker, and shows the pages that the service worker gets from it.
// The address of the page stands after `#`, so that reload, bookmarks and sent links work.
"use strict";

const state = document.getElementById("state");
const frame = document.getElementById("page");
const pages = new URL("app/", location.href.split("#")[0]);
const ports = new Map();
let turn = 0;

function tell(said) {
  state.textContent = said;
}

async function controlled() {
  await navigator.serviceWorker.register("service-worker.js");
  await navigator.serviceWorker.ready;
  if (navigator.serviceWorker.controller) return;
  await new Promise((done) => {
    navigator.serviceWorker.addEventListener("controllerchange", done, {once: true});
  });
}

// What stands after `#` may be anybody's: only a page of ours is shown.
function wanted() {
  const there = new URL(location.hash.slice(1) || "./", pages).href;
  return there.startsWith(pages.href) ? there : pages.href;
}

async function start() {
  if (!("serviceWorker" in navigator)) {
    tell("This browser offers no service worker here: it takes one, and https or this machine.");
    return;
  }
  tell("Loading, once …");
  await controlled();
  tell("Starting Python …");
  const engine = new Worker("worker.js", {type: "module"});
  engine.addEventListener("error", (event) => tell(`It could not start: ${event.message}`));
  engine.addEventListener("message", ({data}) => {
    if (data.failed) {
      tell(`It could not start: ${data.failed}`);
    } else if (data.ready) {
      document.getElementById("waiting").hidden = true;
      frame.hidden = false;
      frame.src = wanted();
    } else {
      ports.get(data.turn).postMessage(data.reply);
      ports.delete(data.turn);
    }
  });
  navigator.serviceWorker.addEventListener("message", ({data, ports: [port]}) => {
    ports.set(++turn, port);
    engine.postMessage({turn, ...data});
  });
  navigator.serviceWorker.startMessages();
}

frame.addEventListener("load", () => {
  const here = frame.contentWindow.location.href;
  if (!here.startsWith(pages.href)) return;
  history.replaceState(null, "", "#" + here.slice(pages.href.length));
  document.title = frame.contentDocument.title;
  document.documentElement.lang = frame.contentDocument.documentElement.lang;
});

addEventListener("hashchange", () => frame.contentWindow.location.replace(wanted()));

// What-if moves the address of a page without loading another.
addEventListener("message", ({origin, data}) => {
  if (origin === location.origin && data?.moved?.startsWith(pages.href))
    history.replaceState(null, "", "#" + data.moved.slice(pages.href.length));
});

start().catch((error) => tell(`It could not start: ${error.message}`));

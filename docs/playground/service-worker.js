// Keeps every file of the playground, and answers for the pages below app/ what the engine says.
"use strict";

const VERSION = "playground-VERSION";
const FILES = [];  // filled in by docs/playground/build.py
const SCOPE = new URL(registration.scope).pathname;
const STATIC = new Set(["app/page.css", "app/page.js", "app/frame.js"]);

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(VERSION);
    await cache.addAll(FILES.map((name) => new Request(SCOPE + name, {cache: "no-cache"})));
    await skipWaiting();
  })());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys())
      if (name.startsWith("playground-") && name !== VERSION) await caches.delete(name);
    await clients.claim();
  })());
});

addEventListener("fetch", (event) => {
  const {pathname, origin, search} = new URL(event.request.url);
  if (origin !== location.origin || !pathname.startsWith(SCOPE)) return;
  const name = pathname.slice(SCOPE.length);
  if (name.startsWith("app/") && !STATIC.has(name))
    event.respondWith(page(name.slice(4), search.slice(1), event.request));
  else event.respondWith(kept(name, event.request));
});

async function kept(name, request) {
  const cache = await caches.open(VERSION);
  return (await cache.match(SCOPE + (name || "index.html"))) ?? fetch(request);
}

async function page(path, query, request) {
  const shell = (await clients.matchAll({type: "window"})).find(
    (each) => [SCOPE, SCOPE + "index.html"].includes(new URL(each.url).pathname),
  );
  if (!shell) return Response.redirect(`${SCOPE}#${path}${query && "?" + query}`);
  const {port1, port2} = new MessageChannel();
  const language = request.headers.get("accept-language") ?? navigator.languages.join(",");
  const reply = await new Promise((done) => {
    port1.onmessage = ({data}) => done(data);
    shell.postMessage({path, query, language}, [port2]);
  });
  if (reply.location) return Response.redirect(new URL(reply.location, request.url));
  const headers = {
    "Content-Type": `${reply.type}; charset=utf-8`,
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; " +
      "script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    "Referrer-Policy": "no-referrer",
  };
  return new Response(reply.text, {status: reply.status, headers});
}

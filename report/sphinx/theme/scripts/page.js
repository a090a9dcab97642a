// What the scripts of a page share. They are joined into one file, this one first, and each keeps its own scope.
// Without them every page is complete: pictures, tables and verdicts are in the HTML.
window.report = (() => {
  "use strict";
  const root = document.currentScript.src.replace(/_static\/report\.js.*$/, "");
  const scripts = new Map();

  const script = (path) => {
    if (!scripts.has(path)) {
      scripts.set(path, new Promise((done, failed) => {
        const tag = document.createElement("script");
        tag.src = root + path;
        tag.onload = done;
        tag.onerror = () => failed(new Error(`${path} could not be loaded`));
        document.head.append(tag);
      }));
    }
    return scripts.get(path);
  };

  const file = (path) => root + path;

  // What the page's address points at; a fragment that is no valid encoding points at nothing.
  const target = () => {
    try {
      return document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return null;
    }
  };

  const ready = (start) => {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
    else start();
  };

  // Some browsers refuse to change the address over file://.
  const remember = (address) => {
    try { history.replaceState(null, "", address); return true; } catch { return false; }
  };

  return { script, file, target, ready, remember };
})();

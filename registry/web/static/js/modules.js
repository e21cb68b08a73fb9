// Attaches the small modules: <div data-module="progress"> gets ./progress.js, whose default export is called with the
// element. Every page works without any of them.
for (const element of document.querySelectorAll("[data-module]")) {
  for (const name of element.dataset.module.split(" ")) {
    import(`./${name}.js`).then((module) => module.default(element));
  }
}

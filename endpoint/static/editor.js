// The query editor: our endpoint, our prefixes, our classes and properties, the saved questions as examples. Asks no other server.
"use strict";

fetch("/editor.json")
  .then((answer) => answer.json())
  .then((known) => {
    const prefixes = Object.entries(known.prefixes);
    const Yasqe = Yasgui.Yasqe;
    for (const kind of ["class", "property"]) {
      Yasqe.forkAutocompleter(kind, { name: `zm-${kind}`, bulk: true, persistenceId: null, get: () => Promise.resolve(known[kind]) });
    }
    Yasqe.forkAutocompleter("prefixes", {
      name: "zm-prefixes", bulk: true, persistenceId: null, get: () => Promise.resolve(prefixes.map(([name, iri]) => `${name}: <${iri}>`)),
    });
    Yasqe.defaults.autocompleters = ["zm-prefixes", "variables", "zm-class", "zm-property"];
    const start = prefixes.map(([name, iri]) => `PREFIX ${name}: <${iri}>`).slice(0, 3).join("\n");
    Yasqe.defaults.value = `${start}\nSELECT ?task ?sentence WHERE {\n  ?task zm:implements ?sentence .\n} LIMIT 20`;
    const editor = new Yasgui(document.getElementById("yasgui"), {
      requestConfig: { endpoint: new URL("/sparql", location).href },
      copyEndpointOnNewTab: false,
      endpointCatalogueOptions: { getData: () => [] },
    });
    const list = document.getElementById("examples");
    for (const example of known.examples) {
      list.add(new Option(`${example.zh} · ${example.en}`, example.name));
    }
    list.addEventListener("change", () => {
      const example = known.examples.find((one) => one.name === list.value);
      if (example) {
        const tab = editor.addTab(true);
        tab.setName(example.zh);
        tab.setQuery(example.sparql);
      }
    });
    document.body.dataset.ready = "1";
  });

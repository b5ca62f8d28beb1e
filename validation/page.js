// The filters work on attributes of the articles; / goes to the search, j and k to the next and last finding. It asks for nothing from outside.
(() => {
  const all = [...document.querySelectorAll("article")], by = id => document.getElementById(id);
  const words = all.map(a => a.textContent.toLowerCase());
  const fields = ["severity", "document", "department", "rule", "state"].map(by).filter(Boolean), search = by("search"), shown = by("shown");
  const query = new URLSearchParams(location.hash.slice(1).includes("=") ? location.hash.slice(1) : "");
  const draw = () => {
    const asked = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    all.forEach((a, at) => {
      const fits = fields.every(f => !f.value || (a.dataset[f.id] || "").split("|").includes(f.value)) && asked.every(w => words[at].includes(w));
      a.hidden = !fits;
      count += fits;
    });
    document.querySelectorAll("section.document").forEach(s => { s.hidden = !s.querySelector("article:not([hidden])"); });
    shown.textContent = shown.dataset.words.replace("{}", count);
    const now = new URLSearchParams();
    fields.forEach(f => f.value && now.set(f.id, f.value));
    if (search.value) now.set("search", search.value);
    if (!location.hash.startsWith("#f-") || now.size) history.replaceState(null, "", now.size ? "#" + now : location.pathname + location.search);
  };
  fields.forEach(f => { if (query.has(f.id)) f.value = query.get(f.id); f.addEventListener("change", draw); });
  if (query.has("search")) search.value = query.get("search");
  search.addEventListener("input", draw);
  by("clear").addEventListener("click", () => { fields.forEach(f => { f.value = ""; }); search.value = ""; draw(); search.focus(); });
  let at = -1;
  document.addEventListener("keydown", e => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const typing = /INPUT|SELECT|TEXTAREA/.test(e.target.tagName);
    if (e.key === "Escape" && typing) {
      if (e.target === search) { search.value = ""; draw(); }
      e.target.blur();
    }
    if (typing) return;
    if (e.key === "/") { e.preventDefault(); search.focus(); }
    if (e.key === "j" || e.key === "k") {
      const open = all.filter(a => !a.hidden);
      at = Math.max(0, Math.min(open.length - 1, at + (e.key === "j" ? 1 : -1)));
      if (open[at]) { all.forEach(a => a.classList.remove("current")); open[at].classList.add("current"); open[at].focus(); open[at].scrollIntoView({block: "center"}); }
    }
  });
  if (query.size) draw();
})();

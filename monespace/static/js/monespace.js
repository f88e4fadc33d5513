// What the pages gain with JavaScript; all of it works without.
(() => {
  const on = (name, act, capture) => document.addEventListener(name, act, capture);
  const announce = (text) => (document.getElementById("annonce").textContent = text);
  const isAutosave = (form) => form.matches("form[data-autosave]");

  // Questions asked for some answers only: data-si="question=value|other value".
  const showAsked = (form) => {
    for (const question of form.querySelectorAll("[data-si]")) {
      const [name, values] = question.dataset.si.split("=");
      const controls = [...form.elements].filter((c) => c.name == name);
      if (!controls.length) continue;
      question.hidden = !controls.some(
        (c) =>
          values.split("|").includes(c.value) &&
          (c.checked || !/radio|checkbox/.test(c.type)) &&
          !c.closest("[data-si][hidden]"),
      );
    }
  };
  const showAll = () => document.querySelectorAll("form").forEach(showAsked);
  on("input", (e) => e.target.form && showAsked(e.target.form));
  on("htmx:after:swap", showAll);
  showAll();

  // A pressed button says that it works and cannot be pressed twice, but keeps the focus.
  const pressed = new Map();
  const release = (form) => {
    for (const [button, content] of pressed) {
      if (form && button.form != form) continue;
      button.replaceChildren(...content);
      button.removeAttribute("aria-disabled");
      pressed.delete(button);
    }
  };
  const press = (e) => {
    const button = e.submitter;
    if (e.target.method != "post" || !button?.matches(".button")) return;
    if (pressed.has(button)) {
      e.preventDefault();
      e.stopImmediatePropagation();
      return;
    }
    pressed.set(button, [...button.childNodes]);
    button.setAttribute("aria-disabled", "true");
    button.textContent = announce("Envoi en cours…");
  };
  on("submit", press, true);
  addEventListener("pageshow", () => release());

  // A failed request says so; a failed autosave says it until one succeeds.
  const alerte = document.getElementById("alerte");
  let failedSince = "";
  const status = (text) => document.getElementById("enregistrement")?.replaceChildren(text);
  const fail = (e) => {
    const form = e.target.closest("form");
    if (!form || e.detail.ctx?.response?.status < 500) return;
    const button = [...pressed.keys()].find((b) => b.form == form);
    const retry = document.createElement("button");
    let text = "L’envoi n’a pas abouti.";
    retry.className = "button button-small";
    retry.textContent = "Réessayer";
    retry.onclick = () => form.requestSubmit(button);
    if (isAutosave(form)) {
      failedSince ||= new Date().toLocaleTimeString("fr", { timeStyle: "short", timeZone: "Europe/Paris" });
      text = `Enregistrement impossible depuis ${failedSince}.`;
      retry.onclick = () => form.dispatchEvent(new Event("change"));
      status("Non enregistré");
    }
    alerte.replaceChildren(text + " Vérifiez votre connexion. ", retry);
  };
  on("htmx:error", fail);
  on("htmx:response:error", fail);
  on("htmx:before:request", (e) => isAutosave(e.target) && status("Enregistrement…"));
  on("htmx:finally:request", (e) => {
    release(e.target);
    if (!(e.detail.ctx.response?.status < 400)) return;
    alerte.replaceChildren();
    if (!failedSince || !isAutosave(e.target)) return;
    failedSince = "";
    announce("Vos réponses sont de nouveau enregistrées.");
  });
})();

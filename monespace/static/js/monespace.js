// What pages gain by it; all works without.
(() => {
  const on = (name, act) => document.addEventListener(name, act);
  const announce = (text) => (document.getElementById("annonce").textContent = text);
  const autosaved = document.querySelector("form[data-autosave]");

  // Asked for some answers only: data-si="question=value|value".
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
  on("input", (e) => e.target.form && showAsked(e.target.form));
  document.querySelectorAll("form").forEach(showAsked);

  // A pressed button says so, acts once, keeps the focus. It waits for the autosave
  // on its way, or older answers would come last.
  let pressed, label, flying, waiting;
  on("submit", (e) => {
    const button = e.submitter;
    if (e.target.method != "post" || !button?.matches(".button")) return;
    const early = flying && e.target == autosaved;
    if (early) waiting = button;
    if (early || pressed == button) return e.preventDefault();
    unsaved = false;
    pressed = button;
    label = button.innerHTML;
    button.setAttribute("aria-disabled", "true");
    button.textContent = announce("Envoi en cours…");
  });
  addEventListener("pageshow", () => {
    if (!pressed) return;
    pressed.innerHTML = label;
    pressed.removeAttribute("aria-disabled");
    pressed = null;
  });

  // The last words are sent as the page closes.
  let unsaved = false;
  on("input", (e) => {
    if (!autosaved?.contains(e.target)) return;
    unsaved = true;
    // An autosave that comes after the button is known by this.
    autosaved.elements._frappe.value++;
  });
  addEventListener(
    "pagehide",
    () => unsaved && navigator.sendBeacon(autosaved.action, new URLSearchParams(new FormData(autosaved))),
  );

  // A failed autosave says so until one succeeds.
  const alerte = document.getElementById("alerte");
  const status = (text) => document.getElementById("enregistrement").replaceChildren(text);
  let failedSince = "";
  const fail = (e) => {
    if (e.target != autosaved || e.detail.ctx?.response?.status < 500) return;
    const retry = document.createElement("button");
    retry.className = "button button-small";
    retry.textContent = "Réessayer";
    retry.onclick = () => autosaved.dispatchEvent(new Event("change"));
    unsaved = true;
    failedSince ||= new Date().toLocaleTimeString("fr", { timeStyle: "short", timeZone: "Europe/Paris" });
    status("Non enregistré");
    alerte.replaceChildren(`Enregistrement impossible depuis ${failedSince}. Vérifiez votre connexion. `, retry);
  };
  on("htmx:error", fail);
  on("htmx:response:error", fail);
  on("htmx:before:request", (e) => {
    if (e.target != autosaved) return;
    flying = true;
    unsaved = false;
    status("Enregistrement…");
  });
  on("htmx:finally:request", (e) => {
    if (e.target != autosaved) return;
    flying = false;
    const button = waiting;
    waiting = null;
    if (button) setTimeout(() => button.click());
    if (!(e.detail.ctx.response?.status < 400)) return;
    alerte.replaceChildren();
    if (failedSince) announce("Vos réponses sont de nouveau enregistrées.");
    failedSince = "";
  });
})();

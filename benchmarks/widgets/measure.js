// Times events on the page's one widget: measure({ event, at, key, back, hover, count }) gives { times, same }.
window.measure = async ({ event, at, key, back, hover, count }) => {
  const channel = new MessageChannel();
  const frame = () => new Promise(requestAnimationFrame);
  const quiet = () => new Promise((done) => setTimeout(done, 8));
  const timed = (act) => new Promise((done) => requestAnimationFrame(() => {
    channel.port1.onmessage = () => done(performance.now() - start);
    const start = performance.now();
    act();
    channel.port2.postMessage(null); // comes in after this frame's paint
  }));
  const root = document.querySelector(".cnnw-root");
  const presets = [...document.querySelectorAll(".g-presets button")];
  const pictures = () => [...root.querySelectorAll("canvas")].map((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width || 1, canvas.height || 1);
    let sum = 0;
    for (let i = 0; i < data.length; i += 97) sum = (sum * 31 + data[i]) | 0;
    return sum;
  });
  const seen = () => root.innerHTML + (event === "frame" ? pictures() : "");

  const step = (i) => {
    const place = root.querySelector(at);
    if (!back) return () => place.click();
    const pressed = (i >> 2) % 2 ? back : key;
    return () => place.dispatchEvent(new KeyboardEvent("keydown", { key: pressed, bubbles: true, cancelable: true }));
  };
  const point = (i) => {
    const places = root.querySelectorAll(hover);
    const cells = places.length > 4 || places[0].matches("[data-at]"); // else a picture, with places in it
    const place = places[cells ? (i * 97 + (i >> 3)) % places.length : 0];
    const { left, top, width, height } = place.getBoundingClientRect();
    const [x, y] = cells ? [0.5, 0.5] : [((i * 37) % 89 + 3) / 95, ((i * 53) % 83 + 5) / 95];
    const at = { clientX: left + x * width, clientY: top + y * height, pointerType: "mouse" };
    return () => {
      place.dispatchEvent(new PointerEvent("pointerover", { ...at, bubbles: true }));
      place.dispatchEvent(new PointerEvent("pointerenter", at));
      place.dispatchEvent(new PointerEvent("pointermove", { ...at, bubbles: true }));
    };
  };
  const another = (i) => () => presets[i % presets.length].click();
  const acts = { step, hover: point, frame: another };

  const times = [];
  let same = 0;
  for (let i = 0; i < count; i++) {
    if (event === "step" && root.querySelector(at).ariaDisabled === "true") {
      [...root.querySelectorAll("button")].find((each) => each.ariaLabel === "To the start").click();
      await frame();
    }
    const act = acts[event](i);
    const before = seen();
    times.push(await timed(act));
    if (seen() === before) same++;
    await quiet();
    await frame();
  }
  return { times, same };
};

// What is wrong with the charts of a page as it draws them, in its theme: words and marks that are faint,
// words that a rule or a line strikes out, words that were cut short. Called with the ratios that words and
// marks need; returns one line a fault.
([ofWords, ofMarks]) => {
  const probe = document.body.appendChild(document.createElement("span"));
  const numbers = (colour) => { const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number); return { rgb: [r, g, b], a }; };
  const named = (name) => { probe.style.color = `var(--c-${name})`; return numbers(getComputedStyle(probe).color).rgb; };
  const same = (one, other) => one.every((part, n) => Math.abs(part - other[n]) < 1);
  const paper = named("paper");
  const grid = named("grid");  // guides and bands, which carry no meaning by themselves
  probe.remove();
  const light = (rgb) => rgb.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, n) => sum + v * [0.2126, 0.7152, 0.0722][n], 0);
  const ratio = (one, other) => { const [a, b] = [light(one), light(other)]; return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); };
  const over = ({ rgb, a }, ground) => rgb.map((part, n) => part * a + ground[n] * (1 - a));

  const paintsOf = (node, svg) => {
    const style = getComputedStyle(node);
    let opacity = 1;
    for (let e = node; e !== svg; e = e.parentElement) opacity *= Number(getComputedStyle(e).opacity);
    return ["fill", "stroke"].filter((kind) => style[kind] !== "none" && !(kind === "fill" && node.tagName === "line")
      && !(kind === "stroke" && !parseFloat(style.strokeWidth)))
      .map((kind) => { const { rgb, a } = numbers(style[kind]); return { kind, rgb, a: a * opacity * Number(style[`${kind}Opacity`]) }; })
      .filter(({ a }) => a > 0);
  };

  const faults = (figure) => {
    const svg = [...figure.querySelectorAll(".picture > svg")].find((s) => s.getBoundingClientRect().width);
    const found = [...svg.querySelectorAll("path, line, rect, text")].filter((node) => !node.closest("defs, clipPath"))
      .map((node, at) => ({ node, at, box: node.getBoundingClientRect(), paints: paintsOf(node, svg) }))
      .filter(({ box, paints }) => paints.length && (box.width || box.height));
    const words = found.filter(({ node }) => node.tagName === "text" && node.textContent.trim());
    const marks = found.filter(({ node }) => node.tagName !== "text");
    const meant = (one) => one.paints.filter(({ rgb }) => !same(rgb, grid) && !same(rgb, paper));
    // words on a little paper of their own, drawn after `behind`, which then cannot strike them out
    const onPaper = (word, behind) => words.some((other) => other !== word && other.at > (behind ? behind.at : -1)
      && other.node.textContent === word.node.textContent && Math.abs(other.box.x - word.box.x) < 3
      && other.paints.some(({ kind, rgb }) => kind === "stroke" && same(rgb, paper)));
    const fills = (mark, x, y) => mark.node.isPointInFill && mark.paints.some(({ kind }) => kind === "fill")
      && mark.node.isPointInFill(new DOMPoint(x, y).matrixTransform(mark.node.getScreenCTM().inverse()));

    const faint = marks.filter((mark) => meant(mark).length
      && Math.max(...meant(mark).map((paint) => ratio(over(paint, paper), paper))) < ofMarks)
      .map(({ node }) => `faint mark: ${node.tagName} ${node.getAttribute("fill") || node.getAttribute("stroke")}`);
    const faintWords = words.filter((word) => !(word.paints.every(({ rgb }) => same(rgb, paper))
      && words.some((other) => other !== word && other.node.textContent === word.node.textContent))).filter((word) => {
      const [x, y] = [word.box.x + word.box.width / 2, word.box.y + word.box.height / 2];
      const ground = onPaper(word) ? paper : marks.filter((mark) => mark.at < word.at && fills(mark, x, y))
        .reduce((under, mark) => over(mark.paints.find(({ kind }) => kind === "fill"), under), paper);
      return ratio(over(word.paints.find(({ kind }) => kind === "fill"), ground), ground) < ofWords;
    }).map(({ node }) => `faint words: ${node.textContent}`);

    const level = words.filter(({ node, paints }) => !/rotate/.test(node.getAttribute("transform"))
      && !paints.every(({ rgb }) => same(rgb, paper)));
    const long = ({ box }) => Math.max(box.width, box.height);
    const strikes = (mark, { left, right, top, bottom }) => {
      const [l, r, t, b] = [left + 1.5, right - 1.5, top + 4, bottom - 4];
      if (mark.box.right < l || mark.box.left > r || mark.box.bottom < t || mark.box.top > b) return false;
      if (mark.node.tagName === "line") return true;
      const [to, all] = [mark.node.getScreenCTM(), mark.node.getTotalLength()];
      for (let at = 0; at <= all; at += 2) {
        const { x, y } = mark.node.getPointAtLength(at).matrixTransform(to);
        if (x > l && x < r && y > t && y < b) return true;
      }
      return false;
    };
    const strokes = marks.filter((mark) => meant(mark).length && mark.paints.every(({ kind }) => kind === "stroke")
      && long(mark) > (mark.node.tagName === "line" ? 8 : 40));
    const struck = level.filter((word) => strokes.some((mark) => !onPaper(word, mark) && strikes(mark, word.box)))
      .map(({ node }) => `struck out: ${node.textContent}`);
    const cut = words.filter(({ node }) => node.textContent.endsWith("…")).map(({ node }) => `cut short: ${node.textContent}`);
    return [...new Set([...faint, ...faintWords, ...struck, ...cut])].map((said) => `${figure.id}: ${said}`);
  };
  return [...document.querySelectorAll("figure.chart")].flatMap(faults);
}

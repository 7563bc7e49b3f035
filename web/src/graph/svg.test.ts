import { expect, test } from "vitest";
import { drawLabels } from "./actor_marks";
import { HOSTILE } from "./marks";
import { SvgPen } from "./svg";
import { LIGHT } from "./theme";
import { drawTies } from "./tie_lines";

test("texts are escaped, in elements and in the title", () => {
  const pen = new SvgPen();
  drawLabels(pen, [{ actor: 0, x: 10, y: 10, align: "left", width: 50 }],
    () => `<script>alert("1")</script> & \u0000\ud800`, LIGHT);
  const svg = pen.document(100, 100, "<title>'x'");
  expect(svg).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; </text>");
  expect(svg).toContain("<title>&lt;title&gt;&#39;x&#39;</title>");
  expect(svg).not.toMatch(/<script|\u0000|style=/);
});

test("a right-to-left name beside its actor stands on the side that a canvas puts it", () => {
  const pen = new SvgPen();
  drawLabels(pen, [{ actor: 0, x: 10, y: 10, align: "left", width: 50 }], () => "حماس", LIGHT);
  expect(pen.document(9, 9, "")).toMatch(/text-anchor="end" direction="rtl"/);
});

test("ties are drawn as paths cut at the view, by the routine of the screen", () => {
  const pen = new SvgPen();
  drawTies(pen, {
    ties: { left: Uint32Array.of(0), right: Uint32Array.of(1), code: Uint16Array.of(HOSTILE | 16) },
    x: Float32Array.of(-1e5, 1e5), y: Float32Array.of(50, 50), hidden: undefined, detail: 1, tokens: LIGHT,
    clip: { left: 0, top: 0, right: 100, bottom: 100 },
  });
  const svg = pen.document(100, 100, "");
  expect(svg).toContain('d="M0 50L100 50"');
  expect(svg).toContain('stroke="#b35806"');
});

test("a circle is two arcs, and dashes, opacity and turns are kept", () => {
  const pen = new SvgPen();
  pen.save();
  pen.translate(5, 6);
  pen.rotate(-Math.PI / 2);
  pen.globalAlpha = 0.5;
  pen.setLineDash([4, 2]);
  pen.beginPath();
  pen.arc(0, 0, 10, 0, 2 * Math.PI);
  pen.stroke();
  pen.restore();
  const svg = pen.document(20, 20, "");
  expect(svg.match(/A10 10/g)).toHaveLength(2);
  expect(svg).toContain('stroke-dasharray="4 2" opacity="0.5" transform="translate(5 6)rotate(-90)"');
});

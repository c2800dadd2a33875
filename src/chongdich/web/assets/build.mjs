// Builds everything the browser gets into web/static/built (git-ignored): styles, scripts, icons, fonts, reading data.
// `npm run build` once, `npm run watch` while writing pages.
import { cp, mkdir, readFile, readdir, rm, watch, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const assets = dirname(fileURLToPath(import.meta.url));
const web = resolve(assets, "..");
const modules = resolve(web, "../../../node_modules");
const built = join(web, "static", "built");

/** The rooms bring their own scripts and styles: web/{pages,public,field}/ROOM/*.ts becomes built/ROOM/*.js. */
async function roomFiles(extension) {
  const found = [];
  for (const wing of ["pages", "public", "field"].map((name) => join(web, name)).filter(existsSync)) {
    for (const file of await readdir(wing, { recursive: true })) {
      if (file.endsWith(extension) && !file.endsWith(".d.ts")) found.push({ wing, file: join(wing, file) });
    }
  }
  return found;
}

async function scripts() {
  const rooms = (await roomFiles(".ts")).map(({ wing, file }) => ({
    in: file,
    out: relative(wing, file).replace(/\.ts$/, ""),
  }));
  await esbuild.build({
    entryPoints: [{ in: join(assets, "scripts", "kit.ts"), out: "kit" }, ...rooms],
    outdir: built,
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2020"],
    alias: { "@kit": join(assets, "scripts") },
    nodePaths: [modules],
    charset: "utf8",
    legalComments: "none",
  });
}

async function styles() {
  const rooms = (await roomFiles(".scss")).map(({ wing, file }) => [file, relative(wing, file).replace(/\.scss$/, ".css")]);
  for (const [from, to] of [[join(assets, "styles", "kit.scss"), "kit.css"], ...rooms]) {
    const { css } = sass.compile(from, {
      loadPaths: [join(assets, "styles"), modules],
      style: "compressed",
      quietDeps: true,
      silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
    });
    await mkdir(dirname(join(built, to)), { recursive: true });
    await writeFile(join(built, to), css);
  }
}

/** One sprite of the icons named in icons.json; a page shows one with {% icon "bell" %}. */
async function icons() {
  const names = JSON.parse(await readFile(join(assets, "icons.json"), "utf8"));
  const symbols = await Promise.all(names.map(iconSymbol));
  await writeFile(join(built, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
}

async function iconSymbol(name) {
  const svg = await readFile(join(modules, "bootstrap-icons", "icons", `${name}.svg`), "utf8");
  return `<symbol id="${name}" viewBox="0 0 16 16">${svg.replace(/^[^>]*>|<\/svg>\s*$/g, "").trim()}</symbol>`;
}

async function fonts() {
  const tinos = join(modules, "@expo-google-fonts", "tinos");
  for (const cut of ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"]) {
    await cp(join(tinos, cut, `Tinos_${cut}.ttf`), join(built, "fonts", `Tinos_${cut}.ttf`));
  }
  await cp(join(tinos, "LICENSE_FONT"), join(built, "fonts", "LICENSE_Tinos.txt"));
}

/** Vietnamese data for Tesseract, unpacked where the reader looks for it. */
async function readingData() {
  const packed = await readFile(join(modules, "@tesseract.js-data", "vie", "4.0.0", "vie.traineddata.gz"));
  await mkdir(join(built, "tessdata"), { recursive: true });
  await writeFile(join(built, "tessdata", "vie.traineddata"), gunzipSync(packed));
}

async function images() {
  await cp(join(assets, "images"), join(built, "images"), { recursive: true });
}

async function buildAll() {
  await rm(built, { recursive: true, force: true });
  await mkdir(built, { recursive: true });
  await Promise.all([scripts(), styles(), icons(), fonts(), readingData(), images()]);
}

async function watchAll() {
  for await (const { filename } of watch(web, { recursive: true })) {
    if (!/\.(ts|scss)$|icons\.json$/.test(filename ?? "")) continue;
    await Promise.all([scripts(), styles(), icons()]).catch((error) => console.error(error.message));
    console.log(`built again after ${filename}`);
  }
}

await buildAll();
console.log(`built ${relative(process.cwd(), built)}`);
if (process.argv.includes("--watch")) await watchAll();

// Puts the web client together: one script, one style sheet, and the files that it fetches by name.

import { copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { inPackage, installed, SOURCES, WORK } from "./places.js";

const HYDROGEN = "hydrogen-view-sdk";

// Files that the client loads while it runs.
const FETCHED = [
    inPackage("@matrix-org/olm/olm.js"),
    inPackage("@matrix-org/olm/olm.wasm"),
    inPackage("@matrix-org/olm/olm_legacy.js"),
    inPackage(HYDROGEN, "asset-build/assets/main.js"),
    inPackage(HYDROGEN, "asset-build/assets/download-sandbox.html"),
    inPackage(HYDROGEN, "lib-build/sw.js"),
    join(SOURCES, "page/index.html"),
];

// Returns the directory that holds the finished page.
export async function bundle() {
    const www = join(WORK, "www");
    await rm(www, { recursive: true, force: true });
    await mkdir(www, { recursive: true });
    await installed("esbuild").build({
        entryPoints: [join(SOURCES, "page/app.js")],
        outfile: join(www, "app.js"),
        bundle: true,
        format: "esm",
        nodePaths: [join(WORK, "node_modules")],
        alias: { "@matrix-org/olm/olm.js": join(SOURCES, "page/no-olm.js") },
        loader: { ".woff": "file", ".woff2": "file", ".svg": "file", ".png": "file" },
        logLevel: "error",
    });
    for (const file of FETCHED) {
        await copyFile(file, join(www, file.split("/").at(-1)));
    }
    return www;
}

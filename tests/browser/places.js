// The places on disk, and the packages that npm put there.

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// The directory of these scripts.
export const SOURCES = dirname(fileURLToPath(import.meta.url));

// The project's own directory.
export const PROJECT = join(SOURCES, "../..");

// Everything that is installed, built or left behind. It is beside the compiler's output, so the project's tree stays clean.
export const WORK = process.env.LODGE_BROWSER_DIR ?? join(PROJECT, "target/browser");

// The packages stand in WORK and not beside these scripts, so a plain import would not find them.
export const installed = createRequire(join(WORK, "package.json"));

// The path of a file in an installed package, whatever the package's manifest exports.
export const inPackage = (...path) => join(WORK, "node_modules", ...path);

// Hydrogen as its makers start it: the whole application, with its own router, storage and encryption.

import { createNavigation, createRouter, FeatureSet, Platform, RootViewModel } from "hydrogen-view-sdk";
import "hydrogen-view-sdk/theme-element-light.css";

const at = (file) => new URL(file, location.href).href;

const platform = new Platform({
    container: document.body,
    config: { defaultHomeServer: new URLSearchParams(location.search).get("homeserver") },
    assetPaths: {
        downloadSandbox: at("download-sandbox.html"),
        worker: at("main.js"),
        // Logging in fails without a service worker, although nothing else here needs one.
        serviceWorker: "sw.js",
        olm: { wasm: at("olm.wasm"), legacyBundle: at("olm_legacy.js"), wasmBundle: at("olm.js") },
    },
});
const navigation = createNavigation();
platform.setNavigation(navigation);
await platform.init();
const urlRouter = createRouter({ navigation, history: platform.history });
urlRouter.attach();
const features = await FeatureSet.load(platform.settingsStorage);
const application = new RootViewModel({ platform, urlRouter, navigation, features });
await application.load();
platform.createAndMountRootView(application);

import { Dashboard } from './dashboard';

// The canvases measure their text once, so the font has to be there before them.
await Promise.allSettled([document.fonts.load("11px 'IBM Plex Sans'"), document.fonts.load("500 11px 'IBM Plex Sans'")]);
new Dashboard().start();

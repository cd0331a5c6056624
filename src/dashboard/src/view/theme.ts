/** Colours that canvases need; style/base.css has the same for the rest. */
export const THEME = {
  background: '#0c1016',
  grid: '#161c26',
  border: '#212936',
  text: '#97a3b4',
  crosshair: '#5b6779',
  label: '#2a3444',
  up: '#2fbf8a',
  down: '#f0616d',
  upVolume: '#2fbf8a55',
  downVolume: '#f0616d55',
  guide: '#3a4556',
  font: "'IBM Plex Sans', system-ui, sans-serif",
} as const;

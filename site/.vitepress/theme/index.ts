/// <reference types="vitepress/client" />
// The default look without its web font: the pages use the system's fonts.
import theme from 'vitepress/theme-without-fonts';
import '@fontsource/ibm-plex-mono/latin-400.css';
import './colours.css';

export default theme;

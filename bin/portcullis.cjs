#!/usr/bin/env node
'use strict';
// Plain old JavaScript: it must still run where the rest cannot, to say so.
var found = process.versions.node.split('.').map(Number);
if (found[0] < 24 || (found[0] === 24 && found[1] < 5)) {
  console.error(
    'portcullis needs Node.js 24.5 or newer and this is ' +
      process.versions.node +
      '. Install it, or put it beside your project: npm install --save-dev node@24',
  );
  process.exit(2);
}
// Compiled code is kept between runs: starting takes half the time.
require('node:module').enableCompileCache();
var path = require('node:path');
var url = require('node:url');
// A checkout runs its source as it is; the published package carries compiled JavaScript alone.
var source = path.join(__dirname, '..', 'src', 'cli', 'start.ts');
var start = require('node:fs').existsSync(source) ? source : path.join(__dirname, '..', 'dist', 'cli', 'start.js');
import(url.pathToFileURL(start).href);

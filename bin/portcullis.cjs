#!/usr/bin/env node
'use strict';
// Plain old JavaScript: an old Node.js must be able to run this file, so that it can report that it is too old.
var found = process.versions.node.split('.').map(Number);
if (found[0] < 24 || (found[0] === 24 && found[1] < 5)) {
  console.error(
    'portcullis needs Node.js 24.5 or newer and this is ' +
      process.versions.node +
      '. Install it, or put it beside your project: npm install --save-dev node@24',
  );
  process.exit(2);
}
// Keep compiled code between runs: it halves the time to start.
require('node:module').enableCompileCache();
var path = require('node:path');
var url = require('node:url');
// A checkout runs its source. The published package has only compiled JavaScript.
var source = path.join(__dirname, '..', 'src', 'cli', 'start.ts');
var start = require('node:fs').existsSync(source) ? source : path.join(__dirname, '..', 'dist', 'cli', 'start.js');
import(url.pathToFileURL(start).href);

// node visit.js SITE PAGE...: visits a site with Chromium as people do and prints TAP.
//
// Every PAGE at 320, 768 and 1280 pixels, with and without its script: axe-core finds nothing, nothing
// is said on the console, nobody else is asked for anything, and the page is not wider than the
// window. Then with large letters, in the colours of a reader, at night, and on paper: charts stay
// readable. Then by keyboard alone: sort, find, follow links, and read the table behind a chart.
// NODE_PATH must hold axe-core and playwright-core; CHROMIUM is the browser.
'use strict';
const fs = require('fs');
const path = require('path');
const { pathToFileURL } = require('url');
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core'), 'utf8');

const [site, ...pages] = process.argv.slice(2);
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
let n = 0;
let failed = 0;

function ok(good, name, found) {
  n += 1;
  console.log(`${good ? 'ok' : 'not ok'} ${n} - ${name}`);
  if (good) return;
  failed += 1;
  for (const line of String(found).split('\n').slice(0, 20)) console.log(`# ${line}`);
}

const address = (page) => pathToFileURL(path.join(site, page)).href;

// Pages as they are, or without their script; what they ask for and say is kept.
async function open(browser, width, scripted, options = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 800 }, reducedMotion: 'reduce', colorScheme: 'light', ...options,
  });
  const said = [];
  await context.route('**/*', async (route) => {
    const url = route.request().url();
    if (!url.startsWith('file:')) {
      said.push(`a request to ${url}`);
      return route.abort();
    }
    if (scripted || !url.endsWith('.html')) return route.continue();
    const text = fs.readFileSync(new URL(url), 'utf8');
    return route.fulfill({ contentType: 'text/html',
      body: text.replace(/<script>[\s\S]*<\/script>/, '') });
  });
  const page = await context.newPage();
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => said.push(error.message));
  return { context, page, said };
}

async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, {
    resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  return found.violations.map((v) => `${v.id}: ${v.nodes.length} times, ${v.nodes[0].html.slice(0, 200)}`);
}

async function visit(browser, width, scripted) {
  const { context, page, said } = await open(browser, width, scripted);
  for (const name of pages) {
    const label = `${name} at ${width} pixels ${scripted ? 'with' : 'without'} script`;
    said.length = 0;
    await page.goto(address(name));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    ok(wide <= width, `${label}: no wider than the window`, wide);
    await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
    const found = await violations(page);
    ok(found.length === 0, `${label}: axe-core finds nothing`, found.join('\n'));
    ok(said.length === 0, `${label}: nothing said, nobody asked`, said.join('\n'));
  }
  await context.close();
}

// ---- as readers set their browsers ----

async function look(browser, options, name, see) {
  const { context, page } = await open(browser, 1280, true, options);
  await page.goto(address(name));
  await see(page);
  await context.close();
}

// The smallest text in a picture, in pixels; 99 if there is none.
const smallest = (page) => page.evaluate(() => Array.from(document.querySelectorAll('.chart svg text'))
  .map((t) => {
    const svg = t.closest('svg');
    return svg.getBoundingClientRect().width / svg.viewBox.baseVal.width
      * parseFloat(t.getAttribute('font-size'));
  }).reduce((a, b) => Math.min(a, b), 99));

const widest = (page) => page.evaluate(() => document.documentElement.scrollWidth);
const colours = (page) => page.evaluate(() => {
  const seen = (element, name) => getComputedStyle(element)[name];
  return { ink: seen(document.body, 'color'), paper: seen(document.documentElement, 'backgroundColor'),
    charts: Array.from(document.querySelectorAll('.chart svg'), (s) => seen(s, 'backgroundColor')) };
});

async function onPhone(browser, name) {
  await look(browser, { viewport: { width: 320, height: 640 } }, name, async (page) => {
    const size = await smallest(page);
    ok(size > 10.99, `${name} on a phone: the text of charts has 11 pixels`, size);
    const cut = await page.evaluate(() => Array.from(document.querySelectorAll('.chart'))
      .filter((box) => box.scrollWidth > box.clientWidth + 1 && box.getAttribute('tabindex') !== '0')
      .length);
    ok(cut === 0, `${name} on a phone: a chart that is wider is scrolled by keyboard too`, cut);
  });
}

async function withLargeLetters(browser, name) {
  await look(browser, {}, name, async (page) => {
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
    const wide = await widest(page);
    ok(wide <= 1280, `${name} with letters of twice the size: no wider than the window`, wide);
  });
}

async function inOwnColours(browser, name) {
  await look(browser, { forcedColors: 'active', colorScheme: 'dark' }, name, async (page) => {
    const seen = await colours(page);
    ok(seen.ink !== seen.paper && seen.charts.every((c) => c === 'rgb(255, 255, 255)'),
      `${name} in colours of the reader: charts keep their paper`, JSON.stringify(seen));
    await page.keyboard.press('Tab');
    const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    ok(ring === 'solid', `${name} in colours of the reader: what has the focus has a ring`, ring);
  });
  await look(browser, { colorScheme: 'dark' }, name, async (page) => {
    const seen = await colours(page);
    ok(seen.ink === 'rgb(11, 12, 12)' && seen.paper === 'rgb(255, 255, 255)',
      `${name} at night: dark text on white`, JSON.stringify(seen));
  });
}

// 180 mm are what margins leave of A4.
const PAPER = Math.round(180 / 25.4 * 96);

async function onPaper(browser, name) {
  await look(browser, { viewport: { width: PAPER, height: 900 } }, name, async (page) => {
    await page.emulateMedia({ media: 'print' });
    const wide = await widest(page);
    ok(wide <= PAPER, `${name} on paper: nothing is cut off at the side`, wide);
    const cut = await page.evaluate(() => Array.from(document.querySelectorAll('.chart, .scroll'))
      .filter((box) => box.checkVisibility() && box.scrollWidth > box.clientWidth + 1).length);
    ok(cut === 0, `${name} on paper: nor a chart or a table`, cut);
    const shown = await page.evaluate(() => Array.from(document.querySelectorAll(
      'nav, .find, .skip, details:not([open])')).filter((e) => e.checkVisibility()).length);
    ok(shown === 0, `${name} on paper: nothing that is for clicking`, shown);
    const heads = await page.evaluate(() => Array.from(document.querySelectorAll('main th'))
      .filter((e) => e.checkVisibility() && !e.getBoundingClientRect().height).length);
    ok(heads === 0, `${name} on paper: tables have their heads`, heads);
    await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
    const open = await page.evaluate(() => Array.from(document.querySelectorAll('details table'))
      .filter((e) => !e.checkVisibility()).length);
    ok(open === 0, `${name} on paper: a table that was opened is there`, open);
  });
}

// Tab until what has the focus is as wanted; how many times, or -1.
async function tabTo(page, wanted, most = 400) {
  for (let k = 1; k <= most; k += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(wanted)) return k;
  }
  return -1;
}

const firstColumn = (page, column) => page.evaluate((c) => Array.from(
  document.querySelector('table[data-sort]').tBodies[0].rows).filter((r) => !r.hidden)
  .map((r) => r.cells[c].textContent.trim()), column);
const numbers = (texts) => texts.map((t) => parseFloat(t)).filter((x) => !Number.isNaN(x));
const ascending = (list) => list.every((x, k) => k === 0 || list[k - 1] <= x);

async function sortByKeyboard(page) {
  const head = () => document.activeElement.tagName === 'BUTTON'
    && document.activeElement.textContent.startsWith('90th to 10th');
  ok(await tabTo(page, head) > 0, 'keyboard: a button sorts by a column', 'not reached');
  await page.keyboard.press('Enter');
  const up = numbers(await firstColumn(page, 6));
  ok(up.length > 2 && ascending(up), 'keyboard: lowest first', up);
  await page.keyboard.press('Space');
  const down = numbers(await firstColumn(page, 6));
  ok(ascending(down.slice().reverse()), 'keyboard: then highest first', down);
  const told = await page.evaluate(() => document.activeElement.closest('th').getAttribute('aria-sort'));
  ok(told === 'descending', 'keyboard: the column says how it is sorted', told);
}

async function findByKeyboard(page) {
  const box = () => document.activeElement.type === 'search';
  ok(await tabTo(page, box) > 0, 'keyboard: a box finds rows', 'not reached');
  const before = (await firstColumn(page, 0)).length;
  await page.keyboard.type('FALLS');
  const after = await firstColumn(page, 0);
  ok(after.length >= 1 && after.length < before && after.every((t) => /falls/i.test(t)),
    'keyboard: it shows the rows that have the words', after.join('\n'));
  const count = await page.evaluate(() => document.querySelector('.find [role=status]').textContent);
  ok(count.includes(String(after.length)) && count.includes(String(before)),
    'keyboard: it says how many', count);
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  ok((await firstColumn(page, 0)).length === before, 'keyboard: empty again, it shows all', before);
}

async function followByKeyboard(page) {
  const link = () => /indicators\/[^/]*falls/.test(document.activeElement.getAttribute('href') || '');
  ok(await tabTo(page, link) > 0, 'keyboard: an indicator is a link', 'not reached');
  await page.keyboard.press('Enter');
  await page.waitForURL(/indicators\/.*falls/);
  ok(true, 'keyboard: it leads to the page of the indicator');
}

async function readByKeyboard(page) {
  const summary = () => document.activeElement.tagName === 'SUMMARY';
  ok(await tabTo(page, summary) > 0, 'keyboard: a chart opens its table', 'not reached');
  await page.keyboard.press('Enter');
  const table = await page.evaluate(() => {
    const d = document.activeElement.closest('details');
    return d.open && d.querySelector('tbody tr') ? d.querySelector('tbody tr').innerText : '';
  });
  ok(/\d/.test(table), 'keyboard: the table has the figures of the chart', table);
  const area = () => /areas\//.test(document.activeElement.getAttribute('href') || '')
    && document.activeElement.closest('details');
  ok(await tabTo(page, area) > 0, 'keyboard: a row of it leads to its area', 'not reached');
  await page.keyboard.press('Enter');
  await page.waitForURL(/areas\//);
  ok((await page.title()).length > 3, 'keyboard: that is a page with a title', await page.title());
}

async function keyboard(browser) {
  const { context, page, said } = await open(browser, 1280, true);
  await page.goto(address('index.html'));
  await page.keyboard.press('Tab');
  const skip = await page.evaluate(() => document.activeElement.getAttribute('href'));
  ok(skip === '#main', 'keyboard: the first stop skips to the content', skip);
  await page.keyboard.press('Enter');
  const there = await page.evaluate(() => document.activeElement.id);
  ok(there === 'main', 'keyboard: and does', there);
  await findByKeyboard(page);
  await sortByKeyboard(page);
  await followByKeyboard(page);
  await readByKeyboard(page);
  ok(said.length === 0, 'keyboard: nothing said, nobody asked', said.join('\n'));
  await context.close();
}

async function main() {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: flags });
  for (const [width, scripted] of [[320, true], [320, false], [768, true], [1280, true], [1280, false]]) {
    await visit(browser, width, scripted);
  }
  for (const name of pages) {
    for (const way of [onPhone, withLargeLetters, inOwnColours, onPaper]) await way(browser, name);
  }
  await keyboard(browser);
  await browser.close();
  console.log(`1..${n}`);
  process.exit(failed ? 1 : 0);
}

main().catch((error) => {
  ok(false, 'the visit came to its end', error.stack);
  process.exit(1);
});

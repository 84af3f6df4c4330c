// read.mjs MODULES FILE all|study: the same as read.c with DuckDB on one thread.
import { createRequire } from 'node:module';
const [modules, path, what] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(modules + '/')('@duckdb/node-api');
const c = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
await c.run('SET threads = 1');
const columns = ['Indicator ID', 'Area Code', 'Area Type', 'Sex', 'Time period', 'Value',
    'Lower CI 95.0 limit', 'Upper CI 95.0 limit', 'Count', 'Denominator'].map((x) => `"${x}"`);
const from = `FROM read_csv('${path}', header = true)`;
const begin = process.hrtime.bigint();
await c.run('CREATE TABLE t AS ' + (what === 'study'
    ? `SELECT ${columns} ${from} WHERE Sex = 'Persons' AND regexp_full_match("Area Type", 'England|Counties.*')`
    : `SELECT * ${from}`));
const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
const rows = await (await c.runAndReadAll(
    'SELECT count(*)::INTEGER, round(sum(TRY_CAST("Value" AS DOUBLE)))::VARCHAR FROM t')).getRows();
console.log(`${seconds.toFixed(3)} ${rows[0][0]} ${Number(rows[0][1]).toFixed(0)}`);

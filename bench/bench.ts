/** `npm run bench`: how fast the product is; with `-- --scale`, how flat it stays where there is a great deal of everything. */

if (process.argv.includes('--scale')) await import('./scale/main')
else await import('./main')

export {}

import { gzipSync } from 'node:zlib'
import type { Product } from './product'

// For browsers without modules only: the product supports none of them, and the others do not fetch these.
const LEGACY = /<script[^>]*\snomodule\b[^>]*>/gi

/** The scripts that a page loads. @param cookie of a signed-in browser */
export async function scriptsOf({ url }: Product, path: string, cookie = ''): Promise<Set<string>> {
  const reply = await fetch(url + path, { headers: { cookie } })
  const html = (await reply.text()).replace(LEGACY, '')
  return new Set(html.match(/\/_next\/static\/[^"'\\ ]+?\.js/g))
}

/** What the scripts weigh together, compressed: kilobytes. */
export async function kilobytesOf({ url }: Product, scripts: Iterable<string>): Promise<number> {
  let bytes = 0
  for (const script of scripts) {
    const reply = await fetch(url + script)
    bytes += gzipSync(new Uint8Array(await reply.arrayBuffer())).byteLength
  }
  return bytes / 1024
}

/** Whether whoever reads standard output has gone: `… | head` does. */
let gone = false
let heard: Promise<void> | undefined

function hearOfTheEnd(): Promise<void> {
  heard ??= new Promise((resolve) => {
    process.stdout.once('error', () => {
      gone = true
      resolve()
    })
  })
  return heard
}

/**
 * Writes to standard output, at the pace of its reader.
 * @returns whether there is a reader still
 */
export async function writeOut(text: string): Promise<boolean> {
  const end = hearOfTheEnd()
  if (!gone && !process.stdout.write(text)) {
    await Promise.race([end, new Promise((resolve) => process.stdout.once('drain', resolve))])
  }
  return !gone
}

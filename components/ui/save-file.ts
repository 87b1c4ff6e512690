/** Has the browser save what is in memory, under a name. */
export function saveFile(content: Blob, name: string) {
  const href = URL.createObjectURL(content)
  Object.assign(document.createElement('a'), { href, download: name }).click()
  URL.revokeObjectURL(href)
}

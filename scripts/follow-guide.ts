import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { useProductCopy } from './product-copy'

type ProductCopy = ReturnType<typeof useProductCopy>

/** A copy of the product in which everything has been done that `docs/adding-a-resource.md` says. Call it at the top of a test file. */
export const useFollowedGuide = (): ProductCopy => useProductCopy(followGuide)

/** Does what each code block of the guide says; the words after the language name where it goes. */
async function followGuide(copy: ProductCopy) {
  const guide = await readFile('docs/adding-a-resource.md', 'utf8')
  for (const [, language, place = '', code = ''] of guide.matchAll(/^```(\w+)(?: (.+))?\n([\s\S]*?)^```/gm)) {
    if (language === 'sh') await copy.run('npm', 'run', '-s', ...words(code))
    else if (place.startsWith('model '))
      await copy.edit('prisma/schema.prisma', (text) => text.replace(`${place} {\n`, `${place} {\n${code}`))
    else if (place.includes(' in ')) await register(copy, place, code)
    else if (place.endsWith('.prisma')) await copy.edit(place, (text) => `${text}\n${code}`)
    else {
      const path = join(copy.folder(), place)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, code)
    }
  }
  await copy.run('npm', 'run', '-s', 'format')
}

const words = (code: string) => code.trim().replace('npm run ', '').split(' ')

/** Puts entries into a list, and what they import above it. */
async function register(copy: ProductCopy, place: string, code: string) {
  const [name, path = ''] = place.split(' in ')
  const lines = code.trim().split('\n')
  const imports = lines.filter((line) => line.startsWith('import '))
  const entries = lines.filter((line) => !line.startsWith('import ')).join('\n')
  await copy.edit(path, (text) => {
    const list = new RegExp(`(export const ${name}\\b[^=]*= \\[[^\\]]*?),?\\s*\\]`)
    return [...imports, text.replace(list, `$1, ${entries.replace(/,$/, '')}]`)].join('\n')
  })
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

// Pages and routes, in `app`, export what Next asks of each. What is passed on (`export … from`) is no second thing.
const MODULES = ['components', 'lib'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('/generated/')),
)

const declarations = (statement: ts.Statement): readonly ts.Declaration[] => {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations
  return ts.isDeclarationStatement(statement) ? [statement] : []
}

/** Names that the module itself gives to what it exports; a type and its value may share one. */
function exportedNames(file: string): Set<string> {
  const { statements } = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const exported = statements
    .flatMap(declarations)
    .filter((declaration) => ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export)
  return new Set(exported.flatMap((declaration) => ts.getNameOfDeclaration(declaration)?.getText() ?? []))
}

test('no two modules export the same name for different things', () => {
  const homes = new Map<string, string[]>()
  for (const file of MODULES) {
    for (const name of exportedNames(file)) homes.set(name, [...(homes.get(name) ?? []), file])
  }
  expect(homes.size).toBeGreaterThan(500)
  expect([...homes].filter(([, files]) => files.length > 1)).toEqual([])
})

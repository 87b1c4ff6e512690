/** True for a scope that lets a key read and nothing else. */
export const isReadScope = (scope: string): boolean => scope === 'read:all' || scope.endsWith(':read')

import { zodResolver } from '@hookform/resolvers/zod'
import { type FieldValues, useForm } from 'react-hook-form'
import type { z } from 'zod'

/**
 * A form that starts blank and is checked by `schema`. It has no default values: what a person or a password manager has
 * entered before the page's script came is then read from the page, where defaults would blank it.
 */
export const useBlankForm = <Input extends FieldValues, Output>(schema: z.ZodType<Output, Input>) =>
  useForm<Input, unknown, Output>({ resolver: zodResolver(schema) })

import { toJsxRuntime } from 'hast-util-to-jsx-runtime'
import { common, createLowlight } from 'lowlight'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'

const lowlight = createLowlight(common)

type Props = { code: string; language: string }

/** Code with classes for its colours, made on the server. A language that is not known stays as it is. */
export const ColouredCode = ({ code, language }: Props) =>
  lowlight.registered(language) ? toJsxRuntime(lowlight.highlight(language, code), { Fragment, jsx, jsxs }) : code

// Whoever reads or writes the domain's values needs the text that they stand in.
@_exported public import JSONText

namespace Pharos.Templating.Syntax;

/// <summary>The control actions that have a body.</summary>
internal enum BranchKind
{
    If,
    With,
    Range,
}

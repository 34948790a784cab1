namespace Pharos.Templating.Syntax;

/// <summary>What ended a list of nodes.</summary>
internal enum ControlEnd
{
    End,
    Else,
    ElseIf,
    ElseWith,
}

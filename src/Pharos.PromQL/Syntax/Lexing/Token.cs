using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Syntax.Lexing;

/// <summary>A token: its kind and where it stands, in bytes. An error token carries its message instead.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int End, string? ErrorMessage = null)
{
    public PositionRange Position => new(Start, End);
}

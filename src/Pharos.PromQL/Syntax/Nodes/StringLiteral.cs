using System.Text;

namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>A string. Escapes can make any bytes, so that the value need not be valid UTF-8.</summary>
public sealed class StringLiteral : Expr
{
    /// <summary>A string of these bytes, escapes resolved.</summary>
    public StringLiteral(ReadOnlyMemory<byte> bytes, PositionRange position)
        : base(ExprType.String, position)
    {
        Bytes = bytes;
        Value = Encoding.UTF8.GetString(bytes.Span);
    }

    /// <summary>The text, U+FFFD for each invalid byte.</summary>
    public string Value { get; }

    /// <summary>The value as written, valid UTF-8 or not.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }
}

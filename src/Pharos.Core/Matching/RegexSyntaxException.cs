namespace Pharos.Core.Matching;

/// <summary>A pattern is not a valid RE2 expression. The message is Go's: <c>error parsing regexp: missing closing ): `(abc`</c>.</summary>
public sealed class RegexSyntaxException : Exception
{
    /// <summary>Takes the whole message.</summary>
    public RegexSyntaxException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

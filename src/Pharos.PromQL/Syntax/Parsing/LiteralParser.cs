using Pharos.Core.Time;
using Pharos.PromQL.Syntax.Lexing;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Syntax.Parsing;

/// <summary>Numbers and durations. A duration is a number of seconds.</summary>
internal sealed class LiteralParser(TokenStream tokens)
{
    public bool IsNext => tokens.Kind is TokenKind.Number or TokenKind.Duration;

    /// <summary>The literal that <see cref="IsNext"/> has seen.</summary>
    public NumberLiteral Parse()
    {
        Token token = tokens.Take();
        return token.Kind == TokenKind.Duration
            ? new NumberLiteral(SecondsOf(token), token.Position, isDuration: true)
            : new NumberLiteral(tokens.NumberOf(token), token.Position);
    }

    private double SecondsOf(Token token)
    {
        if (!PrometheusDuration.TryParse(tokens.StringOf(token), out TimeSpan duration, out string? error))
        {
            tokens.AddError(token.Position, error);
            return 0;
        }

        // As Go's Duration.Seconds: whole seconds and the rest apart, for the same bits.
        long rest = duration.Ticks % TimeSpan.TicksPerSecond;
        return (duration.Ticks / TimeSpan.TicksPerSecond) + (rest * 100 / 1e9);
    }
}

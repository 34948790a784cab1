using Pharos.PromQL.Syntax;
using Pharos.Server.Flags;

namespace Pharos.Server.Commands;

/// <summary><c>pharos promql format [EXPRESSION]</c>: prints an expression of the command line or of standard input as <c>/api/v1/format_query</c> does.</summary>
internal static class PromQLFormat
{
    public const string Usage =
        """
        usage: pharos promql format [--width=100] [EXPRESSION]

        Prints the expression, or the one on standard input, with parts that are longer than a line
        broken into lines of their own. What is no PromQL is told with its place.
        """;

    private const int LeastWidth = 20;
    private const int MostWidth = 10_000;

    private static readonly FlagCatalog Flags = new(
    [
        new FlagDefinition("width", FlagKind.Integer, "100", ""),
        new FlagDefinition("help", FlagKind.Switch, "false", ""),
    ]);

    public static async Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellationToken)
    {
        string expression;
        long width;
        try
        {
            (FlagValues flags, IReadOnlyList<string> words) = FlagParser.Parse(Flags, args);
            width = flags.GetInteger("width");
            if (flags.IsOn("help") || words.Count > 1)
            {
                await (flags.IsOn("help") ? io.Out : io.Error).WriteLineAsync(Usage.AsMemory(), cancellationToken).ConfigureAwait(false);
                return flags.IsOn("help") ? ExitCode.Success : ExitCode.Usage;
            }

            if (width is < LeastWidth or > MostWidth)
            {
                throw new FlagException($"--width is {width}: expected {LeastWidth} to {MostWidth}", exitCode: 1);
            }

            expression = words.Count == 1 && words[0] != "-" ? words[0] : await io.In.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (FlagException exception)
        {
            await io.Error.WriteLineAsync($"pharos promql format: {exception.Message}".AsMemory(), cancellationToken).ConfigureAwait(false);
            return ExitCode.Usage;
        }

        try
        {
            // What one server switches on another may not: text is text.
            string formatted = PromQLParser.ParseExpr(expression, ParserOptions.Everything).ToPrettyString((int)width);
            await io.Out.WriteLineAsync(formatted.AsMemory(), cancellationToken).ConfigureAwait(false);
            return ExitCode.Success;
        }
        catch (PromQLException exception)
        {
            await io.Error.WriteLineAsync($"pharos promql format: {ExpressionError.Describe(expression, exception)}".AsMemory(), cancellationToken).ConfigureAwait(false);
            return ExitCode.Failure;
        }
    }
}

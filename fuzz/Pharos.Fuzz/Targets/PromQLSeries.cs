using System.Text;
using Pharos.PromQL.Syntax;

namespace Pharos.Fuzz.Targets;

/// <summary>Any text is a series description with values within the limit, or an error; likewise a selector.</summary>
internal static class PromQLSeries
{
    private static readonly ParserOptions Options = ParserOptions.Everything with { MaxSeriesValues = 1000 };

    public static void Run(ReadOnlySpan<byte> input)
    {
        string text = Encoding.UTF8.GetString(input);
        try
        {
            SeriesCount(PromQLParser.ParseSeriesDescription(text, Options).Values.Count);
        }
        catch (PromQLException e) when (e.Errors.Count > 0)
        {
            _ = e.Message;
        }

        try
        {
            _ = PromQLParser.ParseMetricSelector(text, Options);
        }
        catch (PromQLException e) when (e.Errors.Count > 0)
        {
            _ = e.Message;
        }
    }

    private static void SeriesCount(int values)
    {
        if (values > Options.MaxSeriesValues)
        {
            throw new FuzzFailureException($"{values} values, the limit is {Options.MaxSeriesValues}");
        }
    }
}

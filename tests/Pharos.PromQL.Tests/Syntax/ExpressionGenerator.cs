namespace Pharos.PromQL.Tests.Syntax;

/// <summary>Makes random valid expressions of a type, as text.</summary>
internal sealed class ExpressionGenerator(Random random)
{
    private static readonly string[] Names = ["up", "http_requests_total", "a:b", "sum", "offset", "step", "{\"my metric\"}", "{__name__=~\"x.*\"}"];
    private static readonly string[] Matchers = ["a=\"b\"", "c!=\"\"", "d=~\"x|y\"", "\"e f\"!~\"z\"", "on='q'", "g=`\\`"];
    private static readonly string[] Labels = ["job", "instance", "by", "\"x y\"", "bool"];
    private static readonly string[] Durations = ["5m", "1h30m", "90", "1500ms", "(5m)", "step()", "2 * 1m", "-1m + 5m", "max_of(step(), 5s)", "1d % 7h", "2 ^ 3 ^ 1"];

    public string Vector(int depth) => random.Next(depth <= 0 ? 1 : 9) switch
    {
        0 => Selector() + At() + Pick("", " offset 5m", " offset -1h", " offset step()", " offset -min_of(5s, 2 * step())"),
        1 => $"{Pick("sum", "avg", "group", "stdvar")}{Grouping()}({Vector(depth - 1)})",
        2 => $"{Pick("topk", "quantile", "limitk")}({Scalar(depth - 1)}, {Vector(depth - 1)}){Grouping()}",
        3 => $"{Pick("rate", "max_over_time", "changes")}({Matrix(depth - 1)})",
        4 => $"({Vector(depth - 1)}) {Pick("+", "/", "==", "> bool", "atan2", "^")}{Matching()} ({Vector(depth - 1)})",
        5 => $"({Vector(depth - 1)}) {Pick("and", "or", "unless")}{Pick("", " on(job)", " ignoring(\"x y\")")} ({Vector(depth - 1)})",
        6 => $"({Scalar(depth - 1)}) {Pick("*", "-", "<")} {Operand(depth)}",
        7 => $"{Pick("-", "+")}{Operand(depth)}",
        _ => $"label_replace({Vector(depth - 1)}, \"a\", \"$1\", 'b', `(.*)`)",
    };

    private string Scalar(int depth) => random.Next(depth <= 0 ? 1 : 4) switch
    {
        0 => Pick("1", "-0.5", "1e3", "0x1F", "(Inf)", "5m", "1_000"),
        1 => $"{Scalar(depth - 1)} {Pick("+", "*", "% ", "^")} {Scalar(depth - 1)}",
        2 => $"scalar({Vector(depth - 1)})",
        _ => $"({Scalar(depth - 1)})",
    };

    private string Operand(int depth) => random.Next(2) == 0 ? $"({Vector(depth - 1)})" : Vector(depth - 1);

    private string Matrix(int depth) => random.Next(2) == 0
        ? $"{Selector()}[{Duration()}]{Pick("", "", " anchored", " smoothed")}{At()}{Offset()}"
        : $"({Vector(depth)})[{Pick("5m", "(90)", "2 * 1m", "max_of(step(), 5s)")}:{Pick("", Duration())}]{Offset()}{At()}";

    private string Selector()
    {
        string name = Pick(Names);
        if (name.StartsWith('{'))
        {
            return name;
        }

        int count = random.Next(3);
        return count == 0 ? name : $"{name}{{{string.Join(", ", Enumerable.Range(0, count).Select(_ => Pick(Matchers)))}}}";
    }

    private string Grouping() => Pick("", $" by ({Pick(Labels)}, {Pick(Labels)})", $" without ({Pick(Labels)})", " by ()");

    private string Matching() => Pick("", "", " on(job)", " ignoring(instance)", " on(job) group_left(x)", " ignoring() group_right ()", " fill(0)", " fill_left(-1)");

    private string At() => Pick("", "", " @ 1609746000.5", " @ start()", " @ end()");

    // An offset in parentheses goes on behind them with the operators of durations, as upstream's: only where a parenthesis follows.
    private string Offset() => Pick("", "", " offset 5m", " offset -1h", " offset (step() + 1m)", " offset -min_of(5s, 2 * step())");

    private string Duration() => Pick(Durations);

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];
}

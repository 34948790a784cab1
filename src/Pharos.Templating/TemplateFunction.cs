namespace Pharos.Templating;

/// <summary>A function or method of templates.</summary>
/// <param name="Name">As templates call it.</param>
/// <param name="Parameters">What it takes, in order.</param>
/// <param name="Body">Gets values that fit the parameters. May throw <see cref="TemplateFunctionException"/>, nothing else.</param>
/// <param name="IsVariadic">The last parameter may be given any number of times, none included.</param>
public sealed record TemplateFunction(
    string Name,
    IReadOnlyList<TemplateParameter> Parameters,
    Func<TemplateRun, object?[], object?> Body,
    bool IsVariadic = false)
{
    /// <summary>For <c>and</c> and <c>or</c>: the truth of an argument that is the result, whatever comes behind it.</summary>
    internal bool? StopsAt { get; init; }

    /// <summary>The least number of arguments.</summary>
    internal int FixedCount => IsVariadic ? Parameters.Count - 1 : Parameters.Count;

    internal TemplateParameter ParameterAt(int index) => Parameters[Math.Min(index, Parameters.Count - 1)];
}

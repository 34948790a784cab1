namespace Pharos.Config;

/// <summary>A configuration file is refused. Holds everything that is wrong with it, in the order of the file.</summary>
public sealed class ConfigException : Exception
{
    /// <summary>Takes one error at least.</summary>
    public ConfigException(IReadOnlyList<ConfigError> errors)
        : base(Describe(errors))
    {
        Errors = errors;
    }

    /// <summary>All that is wrong.</summary>
    public IReadOnlyList<ConfigError> Errors { get; }

    private static string Describe(IReadOnlyList<ConfigError> errors)
    {
        if (errors.Count == 1)
        {
            ConfigError error = errors[0];
            string place = error.Line == 0 ? "" : $" at line {error.Line}, column {error.Column}";
            return $"parsing YAML file {error.File}: {error.Describe()}{place}";
        }

        return $"parsing YAML file {errors[0].File}: {errors.Count} errors:\n  {string.Join("\n  ", errors)}";
    }
}

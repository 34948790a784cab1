using Pharos.Templating;

namespace Pharos.Alerting.Templates;

/// <summary>
/// The templates that configurations refer to without defining them. Names and wording are what users of Alertmanager know; the templates are our own, in
/// <c>default.tmpl</c> beside this file.
/// </summary>
internal static class DefaultTemplates
{
    private const string Name = "default.tmpl";

    /// <summary>A template without text that defines them all.</summary>
    public static Template Parse(TemplateFunctions functions) => Template.Parse("", "", functions).With(Name, Read());

    private static string Read()
    {
        using Stream stream = typeof(DefaultTemplates).Assembly.GetManifestResourceStream(typeof(DefaultTemplates), Name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

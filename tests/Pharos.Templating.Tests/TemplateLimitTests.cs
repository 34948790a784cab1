using System.Text;

namespace Pharos.Templating.Tests;

public class TemplateLimitTests
{
    [Theory]
    [InlineData("{{range 9000000000}}{{end}}", "template does too much")]
    [InlineData("{{range 2000000}}xxxxxxxxxx{{end}}", "output is longer than")]
    [InlineData("{{define \"x\"}}{{template \"x\"}}{{end}}{{template \"x\"}}", "exceeded maximum template depth (1000)")]
    [InlineData("{{$x := \"0123456789\"}}{{range 100}}{{$x = print $x $x}}{{end}}", "longer than")]
    [InlineData("{{$x := \"0123456789\"}}{{range 100}}{{$x = printf \"%s%s\" $x $x}}{{end}}", "longer than")]
    public void A_template_that_grows_or_loops_ends_with_an_error(string template, string error) =>
        Assert.Contains(error, Assert.Throws<TemplateException>(() => Expand(template)).Message, StringComparison.Ordinal);

    [Fact]
    public void Deep_nesting_is_an_error_or_works()
    {
        foreach (string template in new[]
        {
            string.Concat(Enumerable.Repeat("{{if true}}", 50_000)),
            "{{" + new string('(', 100_000) + "1" + new string(')', 100_000) + "}}",
            "{{if true}}" + string.Concat(Enumerable.Repeat("{{else if true}}", 50_000)) + "{{end}}",
        })
        {
            Assert.Throws<TemplateException>(() => Expand(template));
        }
    }

    [Fact]
    public void Cancellation_ends_a_run()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Template template = Template.Parse("t", "{{range 1000}}{{end}}", TemplateFunctions.Builtin);
        Assert.Throws<OperationCanceledException>(() => template.Execute(null, TemplateOptions.Default, source.Token));
    }

    [Fact]
    public void Mutated_templates_expand_or_are_refused_and_nothing_else()
    {
        string[] seeds =
        [
            "{{range $i, $v := .}}{{if eq $i 1}}{{continue}}{{else if gt $i 2}}{{break}}{{end}}{{$v | printf \"%-5.2f|%q\" 1.5}}{{end}}",
            "{{define \"x\"}}{{.arg0}}{{end}}{{with $y := 3}}{{template \"x\" $y}}{{end}}{{/* c */ -}} {{- \"a\\n\" | html | js}}",
            "{{(index . 0).A.B}}{{block \"b\" .}}{{len .}}{{end}}{{slice \"abc\" 1 2}}{{and 1 (or 0 'x')}}{{printf \"%[2]*.[1]d%T\" 1 2 nil}}",
        ];
        const string Alphabet = "{}()|$.:=\"'`-+ /*%0189eExabifrndq\\\n\u00e9";
        var random = new Random(7);
        var data = new TemplateList(["a", 1L, 2.5, null, true]);
        for (int i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder(seeds[random.Next(seeds.Length)]);
            for (int edits = random.Next(1, 6); edits > 0; edits--)
            {
                int at = random.Next(text.Length);
                switch (random.Next(3))
                {
                    case 0:
                        text[at] = Alphabet[random.Next(Alphabet.Length)];
                        break;
                    case 1:
                        text.Insert(at, Alphabet[random.Next(Alphabet.Length)]);
                        break;
                    default:
                        text.Remove(at, Math.Min(random.Next(1, 8), text.Length - at - 1));
                        break;
                }
            }

            string template = text.ToString();
            try
            {
                Assert.NotNull(Template.Parse("t", template, TemplateFunctions.Builtin).Execute(data, new TemplateOptions { MaxSteps = 10_000 }));
            }
            catch (TemplateException e)
            {
                Assert.StartsWith("template: ", e.Message, StringComparison.Ordinal);
            }
        }
    }

    private static string Expand(string template) => Template.Parse("t", template, TemplateFunctions.Builtin).Execute(null, TemplateOptions.Default);
}

using System.Text;
using Pharos.Config.Yaml;

namespace Pharos.Config.Tests.Yaml;

public sealed class YamlFuzzTests
{
    private static readonly string[] Seeds =
    [
        "a: &x {b: [1, 2.5, 'three', \"four\\n\"]}\nc: *x\nd:\n  <<: *x\n  e: |\n    text\n   \n",
        "- targets: ['a:1']\n  labels: {job: x}\n- !!binary aGk=\n",
        "%YAML 1.1\n---\n? complex\n: >-\n  folded\n...\n---\nnext: ~\n",
        "{\"json\": [true, null, -1e3, {\"k\": \"\\u00e9\"}]}",
    ];

    private static readonly string[] Pieces = ["&a ", "*a", "<<: ", "- ", "? ", ": ", "{", "}", "[", "]", "|", ">-", "\"", "'", "#", "\n", "\t", "  ", "!!int ", "!", "%", "---\n", "...", "\0", "\uFEFF", "\u2028", "\uD800", "é", "~", "0x"];

    [Fact]
    public void Mutated_text_is_parsed_or_refused_and_nothing_else()
    {
        var random = new Random(20261120);
        for (int round = 0; round < 8_000; round++)
        {
            var text = new StringBuilder(Seeds[random.Next(Seeds.Length)]);
            for (int i = random.Next(1, 8); i > 0; i--)
            {
                Mutate(text, random);
            }

            var found = new ConfigDiagnostics("fuzz.yml");
            IReadOnlyList<YamlNode>? documents = YamlParser.ParseText(text.ToString(), found, new YamlLimits(10_000, 50, 5_000));
            Assert.True(documents is not null || found.HasErrors, text.ToString());
            byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
            Assert.True(JsonParser.Parse(bytes, found) is not null || found.HasErrors);
        }
    }

    private static void Mutate(StringBuilder text, Random random)
    {
        int at = random.Next(text.Length + 1);
        switch (random.Next(4))
        {
            case 0:
                text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                break;
            case 1 when at < text.Length:
                text.Remove(at, Math.Min(random.Next(1, 6), text.Length - at));
                break;
            case 2 when at < text.Length:
                text[at] = (char)random.Next(1, 256);
                break;
            default:
                string copy = text.ToString(at, Math.Min(random.Next(1, 20), text.Length - at));
                text.Insert(random.Next(text.Length + 1), copy);
                break;
        }
    }
}

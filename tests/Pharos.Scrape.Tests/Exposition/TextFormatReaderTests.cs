using System.Text;
using Pharos.Core.Samples;
using Pharos.Scrape.Exposition;

namespace Pharos.Scrape.Tests.Exposition;

public class TextFormatReaderTests
{
    [Theory]
    [InlineData("a 1", "a = 1")]
    [InlineData("a{b=\"c\"} 1.5", "a{b=\"c\"} = 1.5")]
    [InlineData("a{b=\"c\",} -0", "a{b=\"c\",} = -0")]
    [InlineData("a { b = \"c\" , d=\"e\" } 1e3", "a { b = \"c\" , d=\"e\" } = 1000")]
    [InlineData("{\"a b\"} 2", "{\"a b\"} = 2")]
    [InlineData("{\"a b\",\"c d\"=\"e\"} 2", "{\"a b\",\"c d\"=\"e\"} = 2")]
    [InlineData("a\t1\t123", "a = 1 @123")]
    [InlineData("\n\n a 1\n\n", " a = 1")]
    [InlineData("a +Inf\nb -inf\nc NaN", "a = Infinity;b = -Infinity;c = NaN")]
    [InlineData("a{b=\"}\"} 1", "a{b=\"}\"} = 1")]
    [InlineData("a{b=\"\\\"}\"} 1", "a{b=\"\\\"}\"} = 1")]
    [InlineData("# EOF\na 1", "a = 1")]
    public void Samples_are_read_as_upstream_reads_them(string text, string expected) => Assert.Equal(expected, Read(text));

    [Theory]
    [InlineData("a 1\r\n", "strconv.ParseFloat: parsing \"1\\r\": invalid syntax while parsing: \"a 1\\r\"")]
    [InlineData("a 1e400", "strconv.ParseFloat: parsing \"1e400\": value out of range while parsing: \"a 1e400\"")]
    [InlineData("a 1 99999999999999999999", "strconv.ParseInt: parsing \"99999999999999999999\": value out of range while parsing: \"a 1 99999999999999999999\"")]
    [InlineData("a 1 -5", "expected timestamp or new record, got \"-\" (\"INVALID\") while parsing: \"a 1 -\"")]
    [InlineData("a{b=\"c\"", "expected label name, got \"\\n\" (\"INVALID\") while parsing: \"a{b=\\\"c\\\"\\n\"")]
    [InlineData("{\"a\",\"b\"} 1", "metric name already set while parsing: \"{\\\"a\\\",\\\"b\\\"}\"")]
    [InlineData("# TYPE a thing\n", "invalid metric type \"thing\"")]
    [InlineData("<html>", "expected a valid start token, got \"<\" (\"INVALID\") while parsing: \"<\"")]
    public void What_breaks_the_format_is_refused_in_upstreams_words(string text, string message)
    {
        ExpositionException e = Assert.Throws<ExpositionException>(() => Read(text));
        Assert.Equal(message, e.Message);
    }

    [Fact]
    public void A_known_series_is_read_without_the_lexer_and_leaves_the_reader_at_the_next_line()
    {
        byte[] body = "# TYPE a gauge\na{b=\"c\"} 1.5\nnext 2\n"u8.ToArray();
        var reader = new TextFormatReader(body);

        Assert.True(reader.TryReadKnown("# TYPE a gauge\n"u8, "a{b=\"c\"}"u8));
        Assert.Equal(1.5, reader.Value);
        Assert.False(reader.HasTimestamp);
        Assert.Equal(ExpositionEntry.Series, reader.Next());
        Assert.Equal("next", Encoding.UTF8.GetString(reader.Series));
    }

    [Theory]
    [InlineData("ab 1\n", "a")]
    [InlineData("a {b=\"c\"} 1\n", "a")]
    [InlineData("a{b=\"c\"} 1\n", "a")]
    [InlineData("a\n", "a")]
    [InlineData("a{b=\"d\"} 1\n", "a{b=\"c\"}")]
    [InlineData("x 1\n", "a_name_longer_than_the_body")]
    public void Another_series_that_begins_alike_is_not_taken_for_the_known_one(string body, string known)
    {
        var reader = new TextFormatReader(Encoding.UTF8.GetBytes(body));

        Assert.False(reader.TryReadKnown([], Encoding.UTF8.GetBytes(known)));
        Assert.Equal(0, reader.Position);
    }

    [Fact]
    public void A_known_series_may_have_a_timestamp_or_an_error_behind_it()
    {
        var reader = new TextFormatReader("a 1 123\na x\n"u8);

        Assert.True(reader.TryReadKnown([], "a"u8));
        Assert.Equal(123, reader.Timestamp);
        try
        {
            reader.TryReadKnown([], "a"u8);
            Assert.Fail("the second value is none");
        }
        catch (ExpositionException e)
        {
            Assert.Equal("strconv.ParseFloat: parsing \"x\": invalid syntax while parsing: \"a x\"", e.Message);
        }
    }

    [Fact]
    public void Nan_has_upstreams_bits()
    {
        var reader = new TextFormatReader("a nan\n"u8);
        reader.Next();
        Assert.Equal(Staleness.NormalNaNBits, BitConverter.DoubleToUInt64Bits(reader.Value));
    }

    [Fact]
    public void No_bytes_make_the_reader_fail_otherwise_than_by_its_own_error()
    {
        string[] seeds = ["a{b=\"c\",d=\"\\\"\"} 1.5 123\n", "# HELP a b\n# TYPE a counter\n", "{\"x y\",\"é\"=\"ü\"} NaN\n", "# \0\n#\0 a\n\0"];
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 3).Select(_ => seeds[random.Next(seeds.Length)])));
            for (int k = random.Next(4); k >= 0; k--)
            {
                bytes[random.Next(bytes.Length)] = (byte)" \n\t{}\"\\=,#\0a1\xff"[random.Next(13)];
            }

            foreach (ExpositionFormat format in (ReadOnlySpan<ExpositionFormat>)[ExpositionFormat.Text, ExpositionFormat.OpenMetrics])
            {
                try
                {
                    ExpositionParser.Parse(bytes, format, startTimestamps: true, []);
                }
                catch (ExpositionException)
                {
                    continue;
                }
            }
        }
    }

    [Fact]
    public void Lines_read_in_one_go_are_read_token_by_token_alike()
    {
        string[] seeds = ["a{b=\"c\",d_2=\"e f\"} 1.5\n", "x:y 1\n", "m{} 2\n", "a{b=\"c\",} 1e5\n", "a{b=\"\\n\"} -3 7\n", "z{q=\"\"} NaN\n", "# TYPE a counter\n"];
        var random = new Random(11);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(seeds[random.Next(seeds.Length)] + seeds[random.Next(seeds.Length)]);
            for (int k = random.Next(3); k > 0; k--)
            {
                bytes[random.Next(bytes.Length - 1)] = (byte)" \n\t{}\"\\=,#\0a1\xff:_."[random.Next(16)];
            }

            Assert.Equal(ReadOrError(bytes, tokensOnly: true), ReadOrError(bytes, tokensOnly: false));
            byte[] openMetrics = [.. bytes, .. "# EOF\n"u8];
            Assert.Equal(ReadOpenMetrics(openMetrics, tokensOnly: true), ReadOpenMetrics(openMetrics, tokensOnly: false));
        }
    }

    private static string ReadOrError(byte[] bytes, bool tokensOnly)
    {
        var reader = new TextFormatReader(bytes, tokensOnly);
        return ReadAll(ref reader);
    }

    private static string ReadOpenMetrics(byte[] bytes, bool tokensOnly)
    {
        var reader = new OpenMetricsReader(bytes, tokensOnly: tokensOnly);
        return ReadAll(ref reader);
    }

    private static string ReadAll<TReader>(ref TReader reader)
        where TReader : IExpositionReader, allows ref struct
    {
        var found = new StringBuilder();
        try
        {
            while (reader.Next() is ExpositionEntry entry and not ExpositionEntry.End)
            {
                string series = entry == ExpositionEntry.Series ? Convert.ToHexString(reader.Series) : "";
                found.Append(System.Globalization.CultureInfo.InvariantCulture, $"{entry} {series} {reader.SeriesStart} {reader.Value} {reader.HasTimestamp}\n");
            }
        }
        catch (ExpositionException e)
        {
            found.Append(e.Message);
        }

        return found.ToString();
    }

    private static string Read(string text)
    {
        var found = new List<string>();
        var reader = new TextFormatReader([.. Encoding.UTF8.GetBytes(text), (byte)'\n']);
        while (reader.Next() is ExpositionEntry entry and not ExpositionEntry.End)
        {
            if (entry == ExpositionEntry.Series)
            {
                string value = reader.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
                found.Add($"{Encoding.UTF8.GetString(reader.Series)} = {value}{(reader.HasTimestamp ? $" @{reader.Timestamp}" : "")}");
            }
        }

        return string.Join(';', found);
    }
}

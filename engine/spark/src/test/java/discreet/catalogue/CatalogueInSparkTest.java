package discreet.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

class CatalogueInSparkTest {
    @Test
    void serialisedByKryo_comesBackEqual() {
        Catalogue catalogue = Catalogue.of(List.of(Item.of("b"), Item.of("a")));
        SerializerInstance kryo = new KryoSerializer(new SparkConf(false)).newInstance();
        ClassTag<Catalogue> tag = ClassTag$.MODULE$.apply(Catalogue.class);
        Catalogue back = kryo.deserialize(kryo.serialize(catalogue, tag), tag);
        assertThat(back).isEqualTo(catalogue);
        assertThat(back.indexOf("b")).isEqualTo(1);
    }
}

package org.aitia.models.internal.torchscript;

import java.util.List;
import java.util.Map;
import org.aitia.api.DataFormatException;
import org.aitia.api.InvalidRequestException;
import org.aitia.api.model.GnnModel;
import org.aitia.api.model.ModelArchitecture;
import org.aitia.api.model.ModelShape;
import org.aitia.api.model.Parameter;
import org.aitia.api.option.OptionSchema;
import org.osgi.service.component.annotations.Component;

/** The service {@code torchscript}: imported models. */
@Component(service = ModelArchitecture.class, property = "aitia.name=" + TorchScriptArchitecture.NAME)
public final class TorchScriptArchitecture implements ModelArchitecture {
    static final String NAME = "torchscript";
    static final String MODULE = "module.pt";
    static final OptionSchema<TorchScriptOptions> SCHEMA = OptionSchema.of(TorchScriptOptions.class);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "A model trained elsewhere, imported as a TorchScript module. It cannot be trained here: see the command"
                + " import-model.";
    }

    @Override
    public OptionSchema<?> options() {
        return SCHEMA;
    }

    @Override
    public GnnModel create(ModelShape shape, Map<String, String> options, long seed) {
        throw new InvalidRequestException("architecture 'torchscript' is of imported models, which cannot be made or"
                + " trained here; train it in PyTorch and import it, or choose another architecture");
    }

    @Override
    public GnnModel restore(ModelShape shape, Map<String, String> options, List<Parameter> parameters) {
        return restore(shape, options, parameters, Map.of());
    }

    @Override
    public GnnModel restore(
            ModelShape shape,
            Map<String, String> options,
            List<Parameter> parameters,
            Map<String, byte[]> attachments) {
        byte[] module = attachments.get(MODULE);
        if (module == null) {
            throw new DataFormatException("the file '" + MODULE + "' of the model is missing; import it again");
        }
        if (!parameters.isEmpty()) {
            throw new DataFormatException("parameter '" + parameters.get(0).name()
                    + "' is superfluous: the weights of a torchscript model are in its module; import it again");
        }
        return new TorchScriptModel(shape, SCHEMA.parse(options), module);
    }
}
